"""What the customer said when called back."""

from mingcha.detect.rules.callback.customer_paid_agent import customer_paid_agent
from mingcha.detect.rules.callback.customer_unaware import customer_unaware

CALLBACK = (
    customer_unaware,
    customer_paid_agent,
)
