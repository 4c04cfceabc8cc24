// From docs/moved.yml, written by dlbook.book.generated.
var dlMoved = {"positional_encoding": {"alibi": "positions#alibi", "compare": "positions#compare", "eq-alibi": "positions#eq-alibi", "eq-rope": "positions#eq-rope", "eq-rope_relative": "positions#eq-rope_relative", "learned": "positions#learned", "length": "positions#length", "rope": "positions#rope"}}
