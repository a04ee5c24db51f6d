# Written by the crypto work package.
