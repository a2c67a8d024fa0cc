"""The parts of a generated week: places on a street grid, people by role, the work of a community."""
