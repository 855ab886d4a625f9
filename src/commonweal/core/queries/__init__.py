"""The one read path: each query takes the viewer and gives frozen values."""
