using System.Text;
using AngleSharp.Html.Parser;

namespace Portal.Publishing.RichText;

/// <summary>What addresses in foreign HTML stand for on the platform.</summary>
internal sealed record HtmlReferences
{
    public static HtmlReferences None { get; } = new();

    /// <summary>The media item behind a src; a picture without one is left out and reported.</summary>
    public Func<string, Guid?> Media { get; init; } = static _ => null;

    public Func<string, Guid?> Document { get; init; } = static _ => null;

    /// <summary>
    /// Addresses copied from a public page lead through the notice page (W-15); the real one is kept.
    /// </summary>
    public string NoticePage { get; init; } = RenderContext.Bare.NoticePage;
}

/// <summary>
/// Reads foreign HTML (pasted from Word, imported from old sites) into the tree. Nothing of the markup itself
/// survives, only what the closed set can say; <see cref="Reading.Removed"/> names what was left out.
/// </summary>
internal static class HtmlReader
{
    public static Reading Read(string html, HtmlReferences? references = null, RichLimits? limits = null)
    {
        limits ??= RichLimits.Default;
        if (html.Length > limits.Bytes || Encoding.UTF8.GetByteCount(html) > limits.Bytes)
        {
            return Reading.Refused(new RichError(RichFault.TooLarge));
        }

        if (HtmlNesting.IsDeeperThan(html, limits.HtmlDepth))
        {
            return Reading.Refused(new RichError(RichFault.TooDeep));
        }

        try
        {
            using var parsed = new HtmlParser(new HtmlGuard(limits).Options).ParseDocument(html);
            var tree = new HtmlTree(references ?? HtmlReferences.None, limits);
            return TreeSize.Check(tree.Document(parsed), limits, tree.Removed);
        }
        catch (RichTextException exception)
        {
            return Reading.Refused(exception.Error);
        }
    }
}
