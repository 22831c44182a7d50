using MediatR;
using Portal.Audit.Contracts;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class SignStatementTests(AuditHost host) : IClassFixture<AuditHost>
{
    private static readonly string[] Said = ["number YL2026-0000001-1", "time 2026-11-23T08:00:00Z"];

    [Fact]
    public async Task A_statement_reads_as_it_was_signed_and_any_change_shows()
    {
        var note = await Sign();
        var reading = await Read(note);
        Assert.Equal((true, true, true, "letter-receipt"), (reading.IsWhole, reading.IsOurs, reading.IsSigned, reading.Kind));
        Assert.Equal(Said, reading.Lines);
        var changed = await Read(note.Replace("08:00:00", "09:00:00", StringComparison.Ordinal));
        Assert.Equal((true, true, false), (changed.IsWhole, changed.IsOurs, changed.IsSigned));
        Assert.False((await Read(note[..(note.IndexOf('\u2014', StringComparison.Ordinal))])).IsWhole);
    }

    [Fact]
    public async Task A_statement_of_another_key_is_foreign()
    {
        var folder = Directory.CreateTempSubdirectory("portal-key-");
        try
        {
            var other = TrailKey.Create(TrailKey.PathIn(folder.FullName));
            var reading = await Read(other.SignStatement("letter-receipt", Said));
            Assert.Equal((true, false, false), (reading.IsWhole, reading.IsOurs, reading.IsSigned));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Neither_a_checkpoint_nor_a_statement_passes_for_the_other()
    {
        await host.SealAsync(host.Edition("released", Guid.CreateVersion7()));
        var checkpoint = (await host.SignAsync())!;
        Assert.False((await Read(checkpoint.Note)).IsSigned);
        var key = await host.Use<TrailVault, TrailKey>(vault => Task.FromResult(vault.Key!));
        Assert.False(Checkpoint.TryOpen(await Sign(), key, out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData(" a")]
    public async Task A_line_that_would_read_otherwise_is_not_signed(string line) => await Assert.ThrowsAsync<ArgumentException>(
        () => host.Use<ISender, string?>(sender => sender.Send(new SignStatement("letter-receipt", [line]))));

    private async Task<string> Sign() =>
        (await host.Use<ISender, string?>(sender => sender.Send(new SignStatement("letter-receipt", Said))))!;

    private Task<StatementReading> Read(string note) => host.Use<ISender, StatementReading>(sender => sender.Send(new ReadStatement(note)));
}
