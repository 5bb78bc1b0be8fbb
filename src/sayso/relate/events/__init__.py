"""Events: what one actor is said to have done to another, where, how many it touched, and in which contexts."""
