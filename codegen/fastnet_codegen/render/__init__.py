"""From views to text: templates, comments, prose; and the one module that touches the disk."""
