// From docs/moved.yml, written by dlbook.book.generated.
var dlMoved = {"attention": {"eq-attention_gradient": "attention_at_scale#eq-attention_gradient", "eq-attention_softmax_jacobian": "attention_at_scale#eq-attention_softmax_jacobian", "gradient": "attention_at_scale#gradient"}}
