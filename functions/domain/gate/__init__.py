"""Gates before money: what is looked at, once a run is frozen, before anything is published. Values in, values out."""
