"""What runs on AWS: the pure core, the applications around it, and the adapters around those."""
