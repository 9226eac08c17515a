@rem Scripts of package.json begin with the shell's exec, so that npm's signals reach the gateway. On Windows this stands in for it.
@%*
