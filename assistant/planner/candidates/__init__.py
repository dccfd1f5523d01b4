"""What a question may say, one kind of piece a module. Each reads the whole question and none takes words from another."""
