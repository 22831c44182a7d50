using System.Security.Cryptography;
using System.Text;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

public sealed class SignedNoteTests
{
    private const string Name = "portal.example/trail";
    private const string Text = "portal.example/trail\n17\nqqqq\n";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_signed_note_opens_with_its_key()
    {
        var note = SignedNote.Sign(Text, Name, _key);

        Assert.True(SignedNote.TryOpen(note, Name, _key, out var text));
        Assert.Equal(Text, text);
        Assert.StartsWith(Text + "\n\u2014 portal.example/trail ", note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_line_is_key_id_and_der_signature()
    {
        var note = SignedNote.Sign(Text, Name, _key);

        var line = Convert.FromBase64String(note.TrimEnd('\n').Split(' ')[^1]);
        Assert.Equal(SHA256.HashData(_key.ExportSubjectPublicKeyInfo())[..4], line[..4]);
        Assert.True(_key.VerifyData(
            Encoding.UTF8.GetBytes(Text), line[4..], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_changed_text_name_or_signature_does_not_open()
    {
        var note = SignedNote.Sign(Text, Name, _key);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.False(SignedNote.TryOpen(note.Replace("17", "18", StringComparison.Ordinal), Name, _key, out _));
        Assert.False(SignedNote.TryOpen(note, "portal.example/other", _key, out _));
        Assert.False(SignedNote.TryOpen(note, Name, other, out _));
        Assert.False(SignedNote.TryOpen(note[..^6] + "\n", Name, _key, out _));
        Assert.False(SignedNote.TryOpen(Text, Name, _key, out _));
        Assert.False(SignedNote.TryOpen("", Name, _key, out _));
        Assert.False(SignedNote.TryOpen(Text + "\n\u2014 portal.example/trail ???\n", Name, _key, out _));
    }

    [Fact]
    public void A_second_signature_of_a_witness_is_ignored()
    {
        using var witness = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var cosigned = SignedNote.Sign(Text, "city.example/witness", witness)
            + SignedNote.Sign(Text, Name, _key)[(Text.Length + 1)..];

        Assert.True(SignedNote.TryOpen(cosigned, Name, _key, out _));
        Assert.True(SignedNote.TryOpen(cosigned, "city.example/witness", witness, out _));
    }

    [Fact]
    public void A_text_with_an_empty_line_is_not_signed()
    {
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("a\n\nb\n", Name, _key));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("a", Name, _key));
    }
}
