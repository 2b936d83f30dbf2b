"""The place the functions run, as one CDK stack. Nothing here imports `functions`: a handler is a string."""
