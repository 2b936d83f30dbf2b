"""The language of the service: models, service documents and reference data. Imports nothing of ours."""
