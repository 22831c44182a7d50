using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks whether a file that came from outside may be kept: by its bytes, as the media library does. Nothing is stored.
/// </summary>
/// <param name="Name">The name it came with; decides nothing but between kinds of plain text.</param>
/// <param name="Content">The bytes.</param>
public sealed record InspectFile(string Name, byte[] Content) : IRequest<FileInspection>;

/// <summary>The answer of an inspection.</summary>
/// <param name="Fault">Why the file of that name is not taken, a sentence in Chinese; null when it is.</param>
/// <param name="Name">A safe name with the ending that the content has.</param>
/// <param name="MediaType">What the bytes are.</param>
/// <param name="Content">The bytes to keep: a picture is written anew from its pixels.</param>
public sealed record FileInspection(string? Fault, string Name, string MediaType, byte[] Content);
