"""Public benchmark families in their own file formats, read into our model and written back."""
