// From docs/moved.yml, written by dlbook.book.generated.
var dlMoved = {}
