using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;
using Portal.Shared.Messaging;

namespace Portal.Shared.Submissions;

/// <summary>The one key of a module for keyed hashes, wrapped by the platform's keys.</summary>
public sealed class HashKey
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>The wrapped key.</summary>
    public required string Wrapped { get; init; }
}

/// <summary>Maps the key of a module to a table of its own.</summary>
public abstract class HashKeyConfiguration(string table) : IEntityTypeConfiguration<HashKey>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<HashKey> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ToTable(table, shape => shape.HasCheckConstraint($"ck_{table}_one", "id = 1"));
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Wrapped).HasMaxLength(1000);
    }
}

/// <summary>The keys for hashes that this process has unwrapped: one a module, and none ever changes.</summary>
public sealed class HashKeys
{
    internal ConcurrentDictionary<string, byte[]> Unwrapped { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Keys of a module's cases. Every case has a data key of its own, wrapped by the platform's keys: destroying it erases the
/// person while steps and figures stay. Hashes of codes and of document numbers are keyed, so that a copy of the database
/// alone tells neither.
/// </summary>
/// <param name="protection">The platform's keys.</param>
/// <param name="db">The module's context; its model has a <see cref="HashKey"/>.</param>
/// <param name="known">What the process has unwrapped.</param>
/// <param name="purpose">Names the keys; what was wrapped under one name opens under no other.</param>
public abstract class CaseKeyring(IDataProtectionProvider protection, ModuleDbContext db, HashKeys known, string purpose)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly IDataProtector _data = protection.CreateProtector(purpose + ".DataKey.v1");
    private readonly IDataProtector _hash = protection.CreateProtector(purpose + ".HashKey.v1");

    /// <summary>A new data key: wrapped for the row, plain for the papers of this moment.</summary>
    public (string Wrapped, byte[] Key) NewKey()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (Convert.ToBase64String(_data.Protect(key)), key);
    }

    /// <summary>The data key as the row of a case has it; null once it is destroyed.</summary>
    public byte[]? Unwrap(string? wrapped) => wrapped is null ? null : _data.Unprotect(Convert.FromBase64String(wrapped));

    /// <summary>Seals (AES-GCM) what belongs to one paper of one case; neither can be exchanged.</summary>
    public static byte[] Seal(byte[] key, Guid paperId, ReadOnlySpan<byte> plain)
    {
        var sealedText = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            sealedText.AsSpan(0, NonceBytes), plain, sealedText.AsSpan(NonceBytes + TagBytes),
            sealedText.AsSpan(NonceBytes, TagBytes), paperId.ToByteArray());
        return sealedText;
    }

    /// <summary>Opens what <see cref="Seal"/> made; throws <see cref="CryptographicException"/> for anything else.</summary>
    public static byte[] Open(byte[] key, Guid paperId, ReadOnlySpan<byte> sealedText)
    {
        var plain = new byte[sealedText.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(
            sealedText[..NonceBytes], sealedText[(NonceBytes + TagBytes)..], sealedText.Slice(NonceBytes, TagBytes), plain,
            paperId.ToByteArray());
        return plain;
    }

    /// <summary>Seals a record as JSON.</summary>
    public static byte[] SealAsJson<T>(byte[] key, Guid paperId, T content) =>
        Seal(key, paperId, JsonSerializer.SerializeToUtf8Bytes(content, MessageJson.Options));

    /// <summary>Opens what <see cref="SealAsJson"/> made.</summary>
    public static T OpenJson<T>(byte[] key, Guid paperId, ReadOnlySpan<byte> sealedText) =>
        JsonSerializer.Deserialize<T>(Open(key, paperId, sealedText), MessageJson.Options)!;

    /// <summary>A keyed hash (HMAC-SHA-256, hex) of <paramref name="value"/>, of its own kind for each <paramref name="kind"/>.</summary>
    public async Task<string> HashAsync(string kind, string value, CancellationToken cancellationToken)
    {
        if (!known.Unwrapped.TryGetValue(purpose, out var key))
        {
            known.Unwrapped[purpose] = key = await HashKeyAsync(cancellationToken);
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(kind + "\n" + value)));
    }

    private async Task<byte[]> HashKeyAsync(CancellationToken cancellationToken)
    {
        if (await WrappedAsync(cancellationToken) is not { } wrapped)
        {
            // The first host to come makes it; all others take that one. The table's name is a constant of the module.
            var table = db.Model.FindEntityType(typeof(HashKey))!.GetSchemaQualifiedTableName();
            var made = Convert.ToBase64String(_hash.Protect(RandomNumberGenerator.GetBytes(KeyBytes)));
            await db.Database.ExecuteSqlAsync(
                FormattableStringFactory.Create(
                    $"insert into {table} (id, wrapped) values (1, {{0}}) on conflict (id) do nothing", made),
                cancellationToken);
            wrapped = (await WrappedAsync(cancellationToken))!;
        }

        return _hash.Unprotect(Convert.FromBase64String(wrapped));
    }

    private Task<string?> WrappedAsync(CancellationToken cancellationToken) =>
        db.Set<HashKey>().AsNoTracking().Select(key => key.Wrapped).SingleOrDefaultAsync(cancellationToken)!;
}
