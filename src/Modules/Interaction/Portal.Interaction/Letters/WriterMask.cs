using Portal.Interaction.Letters.Copies;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>
/// Masks what staff read of a letter, and the writer's own name and phone wherever they stand. Who only helps with a letter
/// learns nothing of its writer, not even a surname or four digits.
/// </summary>
internal sealed class WriterMask(WrittenLetter? written, bool withWriter)
{
    private readonly string _name = written?.Name ?? "";
    private readonly string _phone = written?.Phone ?? "";

    public string Of(string text)
    {
        if (!withWriter)
        {
            return PersonalSpans.Starred(text, _name, _phone);
        }

        // One character is no name that could be told from a word.
        if (_name.Length > 1)
        {
            text = text.Replace(_name, Masking.Name(_name), StringComparison.Ordinal);
        }

        if (_phone.Length > 0)
        {
            text = text.Replace(_phone, Masking.Number(_phone), StringComparison.Ordinal);
        }

        return PersonalSpans.ForWork(text);
    }

    public WrittenLetter Of(WrittenLetter letter) => new()
    {
        Name = withWriter ? Masking.Name(letter.Name) : "",
        Phone = withWriter ? Masking.Number(letter.Phone) : "",
        Title = Of(letter.Title),
        Text = Of(letter.Text),
    };
}
