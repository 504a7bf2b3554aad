"""Views: what the pages and the command line show, as frozen values made from one reading of a case. They never write."""
