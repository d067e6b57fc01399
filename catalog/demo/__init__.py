"""The demo: a made-up retailer whose eight months are lived through by the real actions and sweeps, day by day.

Everything derives from the files in `data/` and the day it is loaded, so that two loads on one day are equal."""
