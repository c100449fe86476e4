namespace PstMigration.Pst;

/// <summary>What a data file tells about who wrote it. Hints, no proof: any program may write what Outlook writes.</summary>
/// <param name="Writer">The program that wrote the file as such.</param>
/// <param name="ItemVersions">
/// The versions of Outlook that saved items of the file, such as 16.0, by what a sample of the items says (PidLidCurrentVersionName). Items
/// keep theirs when they are copied, and other programs make theirs up.
/// </param>
/// <param name="ClientVersion">wVerClient of the header: 19 in .pst files, 12 in .ost files.</param>
public sealed record PstWriterHints(PstWriter Writer, IReadOnlyList<string> ItemVersions, int ClientVersion);
