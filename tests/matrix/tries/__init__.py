"""What is sent to each verb: one module for each room."""
