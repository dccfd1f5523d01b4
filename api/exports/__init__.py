"""The register and answers as files. Text that a program could take for a formula is inert in each of them."""
