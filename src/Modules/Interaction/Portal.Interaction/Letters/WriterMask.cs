using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>
/// Masks what staff read of a letter: numbers of persons, and the writer's own name and phone wherever they stand.
/// </summary>
internal sealed class WriterMask(WrittenLetter? written)
{
    private readonly string _name = written?.Name ?? "";
    private readonly string _phone = written?.Phone ?? "";

    public string Of(string text)
    {
        // One character is no name that could be told from a word.
        if (_name.Length > 1)
        {
            text = text.Replace(_name, Masking.Name(_name), StringComparison.Ordinal);
        }

        if (_phone.Length > 0)
        {
            text = text.Replace(_phone, Masking.Number(_phone), StringComparison.Ordinal);
        }

        return Masking.InText(text);
    }

    /// <summary>The letter; without the writer for those who only help with it.</summary>
    public WrittenLetter Of(WrittenLetter letter, bool withWriter) => new()
    {
        Name = withWriter ? Masking.Name(letter.Name) : "",
        Phone = withWriter ? Masking.Number(letter.Phone) : "",
        Title = Of(letter.Title),
        Text = Of(letter.Text),
    };
}
