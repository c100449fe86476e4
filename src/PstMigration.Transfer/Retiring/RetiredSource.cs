using System.Text.Json;
using System.Text.Json.Serialization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// A data file that was retired: renamed, with a note beside it of when it may be deleted and what it was like. The note is there before the file has its new name; without one nothing
/// is ever deleted.
/// </summary>
public sealed class RetiredSource
{
    /// <summary>What stands behind the name of a retired file.</summary>
    public const string Suffix = ".retired";

    private const string NoteSuffix = Suffix + ".json";
    private const string Schema = "pstmigration-retired-1";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly Note _note;

    private RetiredSource(string path, Note note)
    {
        Path = path;
        _note = note;
    }

    /// <summary>Where it is now.</summary>
    public string Path { get; }

    /// <summary>Where it was before, and is again when it is brought back.</summary>
    public string Original => Path.Substring(0, Path.Length - Suffix.Length);

    /// <summary>When its transfer was verified, and it was renamed.</summary>
    public DateTimeOffset Verified => _note.Verified;

    /// <summary>From when on it may be deleted.</summary>
    public DateTimeOffset DeleteAfter => _note.DeleteAfter;

    /// <summary>The mailboxes it arrived in; none where its note does not tell.</summary>
    public IReadOnlyList<SourceArrival> Arrivals => _note.Arrivals;

    /// <summary>The code page its text was read with; null for what it says itself.</summary>
    public int? CodePage => _note.CodePage;

    /// <summary>The retired file that had a path; null where there is none.</summary>
    public static RetiredSource? Of(string original) => Read(original + Suffix);

    /// <summary>The retired file that is at a path; null where that is none.</summary>
    public static RetiredSource? At(string path) => path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? Read(path) : null;

    /// <summary>Whether a path is that of a retired file or of its note.</summary>
    public static bool IsPart(string path) => At(path) is not null || IsNote(path);

    private static bool IsNote(string path) =>
        path.EndsWith(NoteSuffix, StringComparison.OrdinalIgnoreCase) && At(path.Substring(0, path.Length - NoteSuffix.Length) + Suffix) is not null;

    /// <summary>The retired files of a folder. Those without a note of ours are nobody's business.</summary>
    public static IEnumerable<RetiredSource> In(string folder)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(LongPath.Of(folder), "*" + Suffix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (string file in files.OrderBy(f => f, StringComparer.Ordinal))
        {
            if (Read(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file))) is RetiredSource retired)
            {
                yield return retired;
            }
        }
    }

    /// <summary>Renames a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="before">What it was like before it was read.</param>
    /// <param name="verified">When its transfer was verified.</param>
    /// <param name="deleteAfter">From when on it may be deleted.</param>
    /// <param name="arrivals">The mailboxes it arrived in.</param>
    /// <param name="codePage">The code page its text was read with; null for what it says itself.</param>
    /// <exception cref="MailDataException">SourceStays: it was changed since, or its new name is taken; it has its old name.</exception>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be renamed.</exception>
    public static RetiredSource Retire(string path, FileStamp before, DateTimeOffset verified, DateTimeOffset deleteAfter, IReadOnlyList<SourceArrival> arrivals, int? codePage = null)
    {
        string retired = path + Suffix;
        if (File.Exists(LongPath.Of(retired)))
        {
            throw SourceRetirement.Stays(Strings.RetireNameTaken, retired);
        }

        if (FileStamp.Of(path) != before)
        {
            throw SourceRetirement.Stays(Strings.RetireChanged);
        }

        Note note = new()
        {
            Schema = Schema,
            Verified = verified,
            DeleteAfter = deleteAfter,
            Arrivals = [.. arrivals],
            CodePage = codePage,
            Length = before.Length,
            Written = before.Written,
            Header = before.Header,
        };
        note.Write(path + NoteSuffix);
        try
        {
            File.Move(LongPath.Of(path), LongPath.Of(retired));
        }
        catch
        {
            File.Delete(LongPath.Of(path + NoteSuffix));
            throw;
        }

        if (FileStamp.Of(retired) != before)
        {
            // Somebody wrote between the look and the new name.
            File.Move(LongPath.Of(retired), LongPath.Of(path));
            File.Delete(LongPath.Of(path + NoteSuffix));
            throw SourceRetirement.Stays(Strings.RetireChanged);
        }

        return new RetiredSource(retired, note);
    }

    /// <summary>Why it may not be deleted, but for the time; null where it may.</summary>
    /// <param name="force">Whether that it went into a rehearsal alone is no reason.</param>
    public string? ReasonToStay(bool force)
    {
        try
        {
            return FileStamp.Of(Path) != _note.Stamp ? Strings.RetireChanged
                : Arrivals.Count == 0 ? Strings.RetireNoMailbox
                : Arrivals.Any(a => a.Sandbox is not null) && !force ? Strings.RetireRehearsal
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Deletes it, and its note behind it.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public void Delete()
    {
        File.Delete(LongPath.Of(Path));
        File.Delete(LongPath.Of(NoteOf(Path)));
    }

    /// <summary>Gives it its name again, since what it brought is taken back. Where that is taken only its note goes, so that nothing deletes it.</summary>
    /// <returns>Whether it has its name.</returns>
    /// <exception cref="IOException">It cannot be renamed; its note is gone all the same.</exception>
    /// <exception cref="UnauthorizedAccessException">The note may not be deleted, or the file not renamed.</exception>
    public bool BringBack()
    {
        File.Delete(LongPath.Of(NoteOf(Path)));
        if (File.Exists(LongPath.Of(Original)) || Directory.Exists(LongPath.Of(Original)))
        {
            return false;
        }

        File.Move(LongPath.Of(Path), LongPath.Of(Original));
        return true;
    }

    private static string NoteOf(string retired) => retired.Substring(0, retired.Length - Suffix.Length) + NoteSuffix;

    private static RetiredSource? Read(string retired) =>
        File.Exists(LongPath.Of(retired)) && Note.Read(NoteOf(retired)) is Note { Schema: Schema } note ? new RetiredSource(retired, note) : null;

    private sealed class Note
    {
        [JsonPropertyName("schema")]
        public string Schema { get; set; } = "";

        [JsonPropertyName("verified")]
        public DateTimeOffset Verified { get; set; }

        [JsonPropertyName("deleteAfter")]
        public DateTimeOffset DeleteAfter { get; set; } = DateTimeOffset.MaxValue;

        [JsonPropertyName("arrivals")]
        public IReadOnlyList<SourceArrival> Arrivals { get; set; } = [];

        [JsonPropertyName("codePage")]
        public int? CodePage { get; set; }

        [JsonPropertyName("length")]
        public long Length { get; set; } = -1;

        [JsonPropertyName("written")]
        public DateTime Written { get; set; }

        [JsonPropertyName("header")]
        public string Header { get; set; } = "";

        [JsonIgnore]
        public FileStamp Stamp => new(Length, Written.ToUniversalTime(), Header);

        public static Note? Read(string path)
        {
            try
            {
                return JsonSerializer.Deserialize<Note>(File.ReadAllBytes(LongPath.Of(path))) is Note { Arrivals: not null } note && !note.Arrivals.Contains(null!) ? note : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                return null;
            }
        }

        public void Write(string path)
        {
            using (FileStream stream = AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, 4096))
            {
                JsonSerializer.Serialize(stream, this, s_json);
                stream.Flush(flushToDisk: true);
            }

            AtomicFile.Finish(path, replace: true);
        }
    }
}
