namespace PstMigration.Mapi;

/// <summary>Search keys of addresses ([MS-OXOABK] 2.2.3.9).</summary>
public static class SearchKeys
{
    /// <summary>Address type, colon, address, all in upper case and 8-bit, with a NUL behind.</summary>
    public static byte[] ForAddress(string addressType, string address)
    {
        if (addressType is null || address is null)
        {
            throw new ArgumentNullException(addressType is null ? nameof(addressType) : nameof(address));
        }

        return CodePages.Get(CodePages.Western).GetBytes((addressType + ":" + address).ToUpperInvariant() + "\0");
    }

    /// <summary>The address type and address of a search key in that form; false for any other.</summary>
    public static bool TryRead(ReadOnlySpan<byte> key, out string addressType, out string address)
    {
        int end = key.IndexOf((byte)0);
        string text = CodePages.Get(CodePages.Western).GetString((end < 0 ? key : key[..end]).ToArray());
        int colon = text.IndexOf(':');
        addressType = colon > 0 ? text[..colon] : "";
        address = colon > 0 ? text[(colon + 1)..] : "";
        foreach (char c in addressType)
        {
            if (!char.IsLetterOrDigit(c))
            {
                return false;
            }
        }

        return address.Length > 0;
    }
}
