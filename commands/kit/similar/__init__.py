"""Has this been asked already?"""
