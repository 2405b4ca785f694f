"""Who may: roles, what each may do, and the keys that programs come with."""
