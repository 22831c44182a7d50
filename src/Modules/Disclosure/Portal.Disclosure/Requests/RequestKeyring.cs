using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Requests;

/// <summary>The one key for keyed hashes, wrapped by the platform's keys.</summary>
internal sealed class RequestHashKey
{
    public int Id { get; init; }

    public required string Wrapped { get; init; }
}

internal sealed class RequestHashKeyConfiguration : IEntityTypeConfiguration<RequestHashKey>
{
    public void Configure(EntityTypeBuilder<RequestHashKey> builder)
    {
        builder.ToTable("request_hash_keys", table => table.HasCheckConstraint("ck_request_hash_keys_one", "id = 1"));
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Wrapped).HasMaxLength(1000);
    }
}

/// <summary>
/// Keys of the requests. Every case has a data key of its own, wrapped by the platform's keys: destroying it erases the
/// person while steps and figures stay. Hashes of codes and of document numbers are keyed, so that a copy of the database
/// alone tells neither.
/// </summary>
internal sealed class RequestKeyring(IDataProtectionProvider protection, DisclosureDbContext db)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly IDataProtector _data = protection.CreateProtector("Portal.Disclosure.Requests.DataKey.v1");
    private readonly IDataProtector _hash = protection.CreateProtector("Portal.Disclosure.Requests.HashKey.v1");
    private byte[]? _hashKey;

    /// <summary>A new data key: wrapped for the row, plain for the papers of this moment.</summary>
    public (string Wrapped, byte[] Key) NewKey()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (Convert.ToBase64String(_data.Protect(key)), key);
    }

    /// <summary>The data key of a request; null once it is destroyed.</summary>
    public byte[]? KeyOf(InformationRequest request) =>
        request.SealedKey is { } wrapped ? _data.Unprotect(Convert.FromBase64String(wrapped)) : null;

    /// <summary>Seals what belongs to one paper of one request; neither can be exchanged.</summary>
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

    public static byte[] Open(byte[] key, Guid paperId, ReadOnlySpan<byte> sealedText)
    {
        var plain = new byte[sealedText.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(
            sealedText[..NonceBytes], sealedText[(NonceBytes + TagBytes)..], sealedText.Slice(NonceBytes, TagBytes), plain,
            paperId.ToByteArray());
        return plain;
    }

    /// <summary>A keyed hash of <paramref name="value"/>, of its own kind for each <paramref name="purpose"/>.</summary>
    public async Task<string> HashAsync(string purpose, string value, CancellationToken cancellationToken)
    {
        _hashKey ??= await HashKeyAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes(purpose + "\n" + value)));
    }

    private async Task<byte[]> HashKeyAsync(CancellationToken cancellationToken)
    {
        var made = Convert.ToBase64String(_hash.Protect(RandomNumberGenerator.GetBytes(KeyBytes)));
        var wrapped = await db.Set<RequestHashKey>().AsNoTracking().Select(key => key.Wrapped).SingleOrDefaultAsync(cancellationToken);
        if (wrapped is null)
        {
            // The first host to come makes it; all others take that one.
            await db.Database.ExecuteSqlAsync(
                $"insert into disclosure.request_hash_keys (id, wrapped) values (1, {made}) on conflict (id) do nothing",
                cancellationToken);
            wrapped = await db.Set<RequestHashKey>().AsNoTracking().Select(key => key.Wrapped).SingleAsync(cancellationToken);
        }

        return _hash.Unprotect(Convert.FromBase64String(wrapped));
    }
}
