"""What the customer said when called back."""

from mingcha.detect.rules.callback.customer_paid_agent import customer_paid_agent
from mingcha.detect.rules.callback.customer_unaware import customer_unaware
from mingcha.detect.rules.callback.fee_proven import fee_proven

CALLBACK = (
    customer_unaware,
    customer_paid_agent,
    fee_proven,
)
