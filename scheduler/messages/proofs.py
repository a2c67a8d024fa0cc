"""What is proven of a roster, in words: how much better any could be, for who never heard of a bound."""

from scheduler.messages import Lang, say
from scheduler.model.score import Score


def proof_in_words(score: Score, bound: Score | None, lang: Lang) -> str:
    """How good a roster of this score is, where no roster costs less than `bound`; "" where nothing is known of use."""
    if bound is None:
        return ""
    if score.hard:
        return say("proofs.none_kept", lang) if bound.hard else ""
    share = score.gap(bound)
    if score <= bound:
        return say("proofs.best", lang)
    if score.medium > bound.medium:
        more = score.medium - bound.medium
        slots = {"least": bound.medium, "now": score.medium, "more": more, "share": share}
        return say("proofs.least", lang, **slots) if bound.medium else ""
    if share >= 1:  # nothing is known of the rest
        return say("proofs.fewest_alone", lang) if score.medium else ""
    return say("proofs.fewest" if score.medium else "proofs.all_done", lang, share=share)
