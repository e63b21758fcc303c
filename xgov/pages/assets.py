"""Static files: hashed names, compressed, and module imports inside our scripts rewritten to the hashed names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Before anything has been collected (in tests, on a developer's machine) files keep their own names."""
        return super().stored_name(name) if self.hashed_files else name
