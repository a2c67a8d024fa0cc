"""Small weeks that once went wrong, each with its right value.

A case is a kind of trouble that users of other programs have reported, put into a week of a few records
so that the right value can be worked by hand or by trying every roster; the test says how. It is called
``test_<number>_<name>.py`` by the number that the kind of trouble was given. What passes from the start
stands here as well, so that it goes on passing. A case asks for what a user would see: the roster, the
score, the notice at the door; how the inside comes to it is asked elsewhere.
"""
