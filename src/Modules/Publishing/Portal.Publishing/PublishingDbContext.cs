using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Imports;
using Portal.Publishing.Media;
using Portal.Publishing.Search;
using Portal.Publishing.Search.FruitlessSearches;
using Portal.Shared.Data;

namespace Portal.Publishing;

internal sealed class PublishingDbContext(DbContextOptions<PublishingDbContext> options)
    : ModuleDbContext(options, "publishing")
{
    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<Edition> Editions => Set<Edition>();

    public DbSet<EditionEdit> EditionEdits => Set<EditionEdit>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<EmergencyPublication> EmergencyPublications => Set<EmergencyPublication>();

    public DbSet<SecondLook> SecondLooks => Set<SecondLook>();

    public DbSet<PublishedPage> Pages => Set<PublishedPage>();

    public DbSet<ListingEntry> Listings => Set<ListingEntry>();

    public DbSet<PathOwner> Paths => Set<PathOwner>();

    public DbSet<MediaItem> Media => Set<MediaItem>();

    public DbSet<PublishedMedia> PublishedMedia => Set<PublishedMedia>();

    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();

    public DbSet<ImportRejection> ImportRejections => Set<ImportRejection>();

    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();

    public DbSet<FruitlessTerm> FruitlessTerms => Set<FruitlessTerm>();
}
