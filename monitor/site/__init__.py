"""The site: static pages of what the program has read, written as files.

`picture.load` reads the store once. `pages.all_pages` gives every page with what it is made of. `build.build` writes
the files that are due. Each page has a module here, a template in `templates/`, and a JSON twin beside its HTML. Every
text of elsewhere passes `inert` on its way into a page.
"""
