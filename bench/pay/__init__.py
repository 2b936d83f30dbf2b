"""Files in, payments out: the inputs, the peers and the judge of whole programs that write the same payments.csv."""
