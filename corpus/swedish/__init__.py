"""What a Swedish word, date, name or phrase is: tables and the small engines that read them."""
