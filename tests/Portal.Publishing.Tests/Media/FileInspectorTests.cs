using System.IO.Compression;
using System.Text;
using Portal.Publishing.Media;

namespace Portal.Publishing.Tests.Media;

public sealed class FileInspectorTests
{
    private static readonly byte[] Pdf =
        Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF\n");

    private static async Task<FileVerdict> Inspect(byte[] bytes, string name = "file")
    {
        using var stream = new MemoryStream(bytes);
        return await FileInspector.InspectAsync(stream, name, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_refused() => Assert.Equal(FileFault.Empty, (await Inspect([])).Fault);

    [Fact]
    public async Task Unknown_bytes_are_refused_whatever_the_name() =>
        Assert.Equal(FileFault.UnknownType, (await Inspect([0x4d, 0x5a, 0x90, 0, 3], "photo.jpg")).Fault);

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<?xml version='1.0'?>\n<!-- x -->\n<svg/>")]
    [InlineData("\uFEFF  <SVG onload=alert(1)>")]
    public async Task Svg_is_refused_by_its_own_message(string text) =>
        Assert.Equal(FileFault.Svg, (await Inspect(Encoding.UTF8.GetBytes(text), "picture.png")).Fault);

    [Fact]
    public async Task A_pdf_is_a_pdf() => Assert.Equal(FileKind.Pdf, (await Inspect(Pdf, "a.txt")).Kind);

    [Fact]
    public async Task A_pdf_with_html_before_it_is_no_pdf() =>
        Assert.NotEqual(FileKind.Pdf, (await Inspect([.. "<html><script>x</script>"u8, .. Pdf], "a.pdf")).Kind);

    [Fact]
    public async Task A_pdf_with_html_in_its_head_is_disguised() =>
        Assert.Equal(FileFault.Disguised, (await Inspect([.. "%PDF-1.7\n<html><body>"u8, .. Pdf], "a.pdf")).Fault);

    [Fact]
    public async Task A_pdf_with_something_behind_it_is_disguised() =>
        Assert.Equal(FileFault.Disguised, (await Inspect([.. Pdf, .. "PK\u0003\u0004 more"u8])).Fault);

    [Theory]
    [InlineData("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")]
    [InlineData("<< /S /Launch /F (cmd.exe) >>")]
    public async Task A_pdf_that_acts_is_refused(string action) =>
        Assert.Equal(
            FileFault.ActivePdf,
            (await Inspect(Encoding.Latin1.GetBytes($"%PDF-1.7\n{action}\n%%EOF"))).Fault);

    [Fact]
    public async Task An_action_across_two_reads_is_seen()
    {
        var text = "%PDF-1.7\n" + new string(' ', 65536 - 9 - 5) + "/JavaScript" + "\n%%EOF";

        Assert.Equal(FileFault.ActivePdf, (await Inspect(Encoding.Latin1.GetBytes(text))).Fault);
    }

    [Fact]
    public async Task A_cut_pdf_is_broken() =>
        Assert.Equal(FileFault.BrokenPdf, (await Inspect(Pdf[..^8])).Fault);

    [Fact]
    public async Task Office_files_are_told_apart_by_their_parts()
    {
        Assert.Equal(FileKind.Word, (await Inspect(Zip("[Content_Types].xml", "word/document.xml"))).Kind);
        Assert.Equal(FileKind.Excel, (await Inspect(Zip("[Content_Types].xml", "xl/workbook.xml"))).Kind);
        Assert.Equal(FileKind.PowerPoint, (await Inspect(Zip("[Content_Types].xml", "ppt/presentation.xml"))).Kind);
    }

    [Fact]
    public async Task A_plain_zip_is_no_document() =>
        Assert.Equal(FileFault.UnknownType, (await Inspect(Zip("readme.txt"), "a.docx")).Fault);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("word\\..\\x")]
    public async Task Paths_that_lead_out_are_refused(string name) =>
        Assert.Equal(
            FileFault.BrokenOffice, (await Inspect(Zip("[Content_Types].xml", "word/document.xml", name))).Fault);

    [Fact]
    public async Task Macros_are_refused() =>
        Assert.Equal(
            FileFault.MacroOffice,
            (await Inspect(Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"))).Fault);

    [Fact]
    public async Task A_zip_bomb_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await zip.CreateEntry("[Content_Types].xml").Open().DisposeAsync();
            await zip.CreateEntry("word/document.xml").Open().DisposeAsync();
            await using var bomb = zip.CreateEntry("word/media/big.bin", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                await bomb.WriteAsync(zeros, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(FileFault.ZipBomb, (await Inspect(stream.ToArray())).Fault);
    }

    [Fact]
    public async Task Too_many_entries_are_a_bomb() =>
        Assert.Equal(
            FileFault.ZipBomb,
            (await Inspect(Zip([.. Enumerable.Range(0, 5_001).Select(i => $"word/{i}")]))).Fault);

    [Fact]
    public async Task A_zip_with_something_behind_it_is_disguised() =>
        Assert.Equal(
            FileFault.Disguised,
            (await Inspect([.. Zip("[Content_Types].xml", "word/document.xml"), .. "<script>"u8])).Fault);

    [Fact]
    public async Task Text_must_be_utf8()
    {
        Assert.Equal(FileKind.Text, (await Inspect(Encoding.UTF8.GetBytes("说明：𠮷"), "a.txt")).Kind);
        Assert.Equal(FileKind.Csv, (await Inspect(Encoding.UTF8.GetBytes("姓名,数量\n张三,1"), "a.csv")).Kind);
        Assert.Equal(FileFault.NotUtf8, (await Inspect([0xcb, 0xb5, 0xc3, 0xf7], "a.txt")).Fault);
    }

    [Fact]
    public async Task Html_under_the_name_of_text_is_disguised() =>
        Assert.Equal(FileFault.Disguised, (await Inspect("hello <script>alert(1)</script>"u8.ToArray(), "a.txt")).Fault);

    [Fact]
    public async Task A_video_is_a_row_of_boxes()
    {
        byte[] video = [.. Box("ftyp", "isom0000"), .. Box("moov", "x"), .. Box("mdat", "data")];

        Assert.Equal(FileKind.Mp4, (await Inspect(video)).Kind);
        Assert.Equal(FileFault.BrokenVideo, (await Inspect([.. video, .. "<html>"u8])).Fault);
        Assert.Equal(FileFault.BrokenVideo, (await Inspect(Box("ftyp", "isom0000"))).Fault);
    }

    internal static byte[] Zip(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Box(string type, string content)
    {
        var body = Encoding.ASCII.GetBytes(type + content);
        return [0, 0, 0, (byte)(body.Length + 4), .. body];
    }
}
