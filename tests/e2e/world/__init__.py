"""The real servers, clients and programs around which the end-to-end tests are written."""
