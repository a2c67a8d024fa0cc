"""What weeks are drawn from: places on a street grid, people by role, and the work of a community."""
