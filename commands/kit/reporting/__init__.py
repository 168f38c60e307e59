"""Reports with sections: who owes which, what is printed where nothing came, who clears, and what is fixed."""
