"""The zip for IT: what it holds, its bill of materials and the licences."""
