using System.Text;

namespace PstMigration.Mapi;

/// <summary>Keeps one string for each control word met, so that a long text does not make millions of them.</summary>
internal sealed class RtfWords(int size = 512)
{
    private readonly string?[] _words = new string?[size];

    public string Get(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        ref string? slot = ref _words[(hash ^ (hash >> 16)) % (uint)_words.Length];
        if (slot is null || !Matches(slot, name))
        {
            slot = Encoding.ASCII.GetString(name.ToArray());
        }

        return slot;
    }

    private static bool Matches(string word, ReadOnlySpan<byte> name)
    {
        if (word.Length != name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (word[i] != name[i])
            {
                return false;
            }
        }

        return true;
    }
}
