"""As Reported: files in, pages out. `pipeline.build` is the map."""
