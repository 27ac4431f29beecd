from tests import cast
def test_x(app, sign_in, form_post, patient, caregiver):
    c = sign_in(patient)
    for u in ["/topics/after-cart/new","/topics/after-a-loss/new"]:
        r = c.get(u); print(r.status_code); print(r.text[-6000:] if r.status_code!=200 else "")
    r = form_post(c,"/topics/after-cart/new",{"title":"Hello","body":"**hi** there"})
    print(r.status_code, r.headers.get("Location")); 
    assert r.status_code==303, r.text
    r=c.get(r.headers["Location"]); print(r.text[3000:])
