using System.Security.Cryptography;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What proves that this project wrote a message of a tree: a random key in a file of the tree's root, which no mail from elsewhere can know, and in each message a digest (HMAC-SHA-256)
/// made with it of the headers the project wrote (<see cref="OwnHeaders.Proven"/>). The file holds a key a line, 64 hexadecimal digits: two runs that begin at once may each add one, and all count.
/// </summary>
/// <param name="root">The full path of the tree.</param>
internal sealed class TreeKey(string root)
{
    /// <summary>The file's name in the root.</summary>
    public const string FileName = TreeFiles.OwnPrefix + "key";

    private const int Size = 32;

    /// <summary>No more of such a file is read.</summary>
    private const int MostBytes = 64 * 1024;

    private readonly object _gate = new();
    private byte[]? _key;

    /// <summary>The proof of a message.</summary>
    /// <param name="headerOf">What a header says; null where there is none.</param>
    /// <exception cref="MailDataException">There is no key yet, and none can be written: AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public string Prove(Func<string, string?> headerOf) => Prove(Find(), headerOf);

    /// <summary>Whether a message has the proof of one of some keys.</summary>
    /// <param name="keys">The keys (<see cref="TreeKeys"/>).</param>
    /// <param name="headerOf">What a header says; null where there is none.</param>
    public static bool IsProven(IReadOnlyList<byte[]> keys, Func<string, string?> headerOf)
    {
        string? proof = keys.Count == 0 ? null : headerOf(OwnHeaders.Proof)?.Trim();
        return proof is { Length: > 0 } && keys.Any(k => string.Equals(Prove(k, headerOf), proof, StringComparison.Ordinal));
    }

    /// <summary>The keys a directory has; none where there is no such file, or it cannot be read.</summary>
    public static IReadOnlyList<byte[]> Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(LongPath.Of(path)))
        {
            return [];
        }

        try
        {
            using FileStream stream = PlainFile.OpenRead(path, 1);
            byte[] bytes = new byte[(int)Math.Min(stream.Length, MostBytes)];
            int length = stream.Fill(bytes);
            return [.. Encoding.ASCII.GetString(bytes, 0, length).Split('\n').Where(l => l.Length == 2 * Size && l.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))).Select(Encoding.ASCII.GetBytes)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private byte[] Find()
    {
        lock (_gate)
        {
            return _key ??= Read(root) is [byte[] first, ..] ? first : Make();
        }
    }

    private byte[] Make()
    {
        byte[] random = new byte[Size];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        byte[] key = Encoding.ASCII.GetBytes(Hex.Lower(random));
        string path = Path.Combine(root, FileName);
        WholeFile.Guard(path, () =>
        {
            using AppendedFile file = AppendedFile.Open(path);
            file.Append([.. key, (byte)'\n']);
        });
        return key;
    }

    /// <summary>Blanks and line ends do not count: programs fold headers anew.</summary>
    private static string Prove(byte[] key, Func<string, string?> headerOf)
    {
        StringBuilder text = new();
        foreach (string field in OwnHeaders.Proven)
        {
            text.Append(field).Append(':');
            foreach (char c in (headerOf(field) ?? "").Where(c => c is not (' ' or '\t' or '\r' or '\n')))
            {
                text.Append(c);
            }

            text.Append('\n');
        }

        using HMACSHA256 digest = new(key);
        return Hex.Lower(digest.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
