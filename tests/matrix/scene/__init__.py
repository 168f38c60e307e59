"""One mission that holds, at one moment, a thing of every kind in every state that matters."""
