using System.Text;

namespace Portal.Shared.Ui;

/// <summary>Titles between book-title marks. Marks inside marks alternate (GB/T 15834 4.14): 《…〈…〉…》.</summary>
public static class BookTitle
{
    /// <summary>A title as it stands inside 《》, which the text around it writes.</summary>
    public static string Inside(string title)
    {
        var text = new StringBuilder(title.Length);
        var depth = 0;
        foreach (var character in title)
        {
            text.Append(character switch
            {
                '《' or '〈' => depth++ % 2 == 0 ? '〈' : '《',
                '》' or '〉' => Math.Max(0, --depth) % 2 == 0 ? '〉' : '》',
                _ => character,
            });
            depth = Math.Max(0, depth);
        }

        return text.ToString();
    }
}
