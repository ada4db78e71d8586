"""The Telegram face: turns updates into `Incoming`, and each `Reply` into messages."""
