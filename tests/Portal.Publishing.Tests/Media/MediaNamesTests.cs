using Portal.Publishing.Media;

namespace Portal.Publishing.Tests.Media;

public sealed class MediaNamesTests
{
    [Theory]
    [InlineData("年度报告.PDF", "年度报告.pdf")]
    [InlineData("C:\\Users\\a\\报告.pdf", "报告.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("fdp\u202e.exe", "fdp.pdf")]
    [InlineData("a\u0000b.pdf", "a b.pdf")]
    [InlineData("<b>x</b>.pdf", "b.pdf")]
    [InlineData("\"q\".pdf", "q.pdf")]
    [InlineData(".pdf", "pdf.pdf")]
    [InlineData("", "file.pdf")]
    [InlineData("...", "file.pdf")]
    public void Names_are_labels_and_nothing_more(string sent, string kept) =>
        Assert.Equal(kept, MediaNames.Clean(sent, FileKind.Pdf));

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        var name = MediaNames.Clean(string.Concat(Enumerable.Repeat("𠮷", 300)) + ".pdf", FileKind.Pdf);

        Assert.Equal(string.Concat(Enumerable.Repeat("𠮷", 100)) + ".pdf", name);
    }
}
