"""A certificate authority for one test run."""

import subprocess


class Authority:
    """Issues server certificates; `certificate` is the file that clients trust."""

    def __init__(self, folder):
        self._folder = folder
        self.certificate = folder / "ca.crt"
        self._key = folder / "ca.key"
        self._openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "2", "-subj", "/CN=End to end", "-addext"),
            *("keyUsage=critical,keyCertSign,cRLSign", "-keyout", self._key, "-out", self.certificate),
        )

    def issue(self, name, alternatives, usage="serverAuth"):
        """Returns (certificate, key) for ALTERNATIVES, such as `DNS:chatwire.test`."""
        key, request = self._folder / f"{name}.key", self._folder / f"{name}.csr"
        certificate = self._folder / f"{name}.crt"
        extensions = self._folder / f"{name}.ext"
        extensions.write_text(
            f"subjectAltName={alternatives}\nbasicConstraints=CA:FALSE\n"
            f"keyUsage=critical,digitalSignature\nextendedKeyUsage={usage}\n"
            "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
            encoding="utf-8",
        )
        self._openssl(
            *("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", "/CN=end to end", "-keyout", key, "-out", request),
        )
        self._openssl(
            *("x509", "-req", "-in", request, "-days", "2", "-CA", self.certificate, "-CAkey"),
            *(self._key, "-CAcreateserial", "-extfile", extensions, "-out", certificate),
        )
        return certificate, key

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
