"""Regular expressions that find in an English question which kinds of section it asks for, such as
side effects or storage.

Each is matched, from the start of a word to the end of one, with the question's folded words joined
by single spaces. The kinds are tried in the order of the table: words that one has matched count
for no later one. "help" and "information" count only where nothing else is asked for.
`(?: \\w+){m,n}` is a gap in which the topic may stand.
"""

from __future__ import annotations

from collections.abc import Mapping

PATTERNS: Mapping[str, str] = {
    "overdose": (
        r"overdos\w*|over dos\w*|took too (?:much|many)|tak\w+ too (?:much|many)|"
        r"(?:in )?(?:case of )?(?:an )?emergency|poison control|swallow\w* too (?:much|many)|"
        r"swallowed|too (?:much|many)|poison\w*|accidentally|took (?:two|extra|double)|"
        r"extra (?:dose|pill)s?"
    ),
    "forgotten dose": (
        r"(?:forg[eo]t\w*|miss(?:ed|ing)?|skip\w*)(?: to)?(?: take| taking)?(?: an?| my| the|"
        r" one| your| some)?(?: \w+)?(?: dose| pill| tablet| shot| injection)s?|"
        r"forg[eo]t\w*(?: to take)?|missed(?: dose)?|late(?: with)?(?: my| a)? dose|"
        r"late (?:with|taking|for)|double (?:up|dose)|(?:didnt|did not|havent) (?:take|taken)|"
        r"catch up"
    ),
    "contraindications": (
        r"contraindicat\w*|who should not|should not (?:take|use|get|be)|"
        r"shouldnt (?:take|use|get)|not (?:take|use)|must not (?:take|use)|when to avoid|"
        r"(?:should|must|can)(?: \w+){1,4} not be (?:used|taken|given)|cant take|"
        r"not (?:safe|right) for|(?:unsafe|wrong) for|"
        r"who (?:must|should|needs? to|has to|ought to|cannot|cant|shouldnt)(?: \w+)? (?:avoid|"
        r"not|never)|"
        r"who (?:cannot|cant|shouldnt)|bad for (?:people|someone|anyone|patients|my)|not for|"
        r"avoid (?:taking|using)|allowed to take|stay off"
    ),
    "interactions": (
        r"interact\w*|mix(?:ed|ing)?(?: \w+){0,4} with|combin(?:e|ed|ing)(?: \w+){0,4} with|"
        r"(?:take|taken|taking|use|using)(?: \w+){0,4} (?:together|along|with) (?!food|meals?|"
        r"water|milk|a\b|an\b)|"
        r"react with|safe with|"
        r"(?:other )?(?:medications?|medicines?|drugs|herbs|foods?)(?: or \w+)? (?:interact\w*|"
        r"affect\w*)|"
        r"go with other|drink(?:ing)? (?:alcohol|wine|beer)|alcohol (?:with|while|on)|"
        r"(?:ok|okay|safe|alright|fine) to (?:take|use|mix)(?: \w+){1,5} with|taken with|"
        r"along with|at the same time|go together"
    ),
    "storage": (
        r"stor(?:e|ed|ing|age)|keep it|kept|dispos\w*|throw\w*(?: it)? (?:away|out)|leftover|"
        r"refrigerat\w*|fridge|expired?|where(?: \w+){0,4} keep|"
        r"keep(?: \w+){0,4} (?:cold|cool|fridge|dry|safe)|throw|trash|flush|toss|temperature|"
        r"shelf|goes bad|unused|old pills"
    ),
    "brand names": (
        r"brand(?:s| names?| named)?|trade names?|sold (?:as|under)|"
        r"market(?:ed|ing) (?:as|under|names?)|commercial names?|generic names?|other names?|"
        r"another name|name brand|also known|names? for|known as|go(?:es)? by"
    ),
    "side effects": (
        r"side effects?|adverse(?: \w+)?|bad reactions?|reactions?|"
        r"risks of(?: taking| using)?|harm(?:s|ful)?|"
        r"make (?:me|you|someone)(?: feel)? (?:sick|ill|bad|worse|tired|sleepy)|"
        r"(?:bad|unwanted|negative) effects?|hurt me|make (?:me|you|people|someone)(?: \w+)?|"
        r"feel (?:dizzy|sick|tired|sleepy|weird|different|bad|worse|nauseous)|normal to feel|"
        r"allergic|(?:gain|lose) weight|dizz\w*|drows\w*|problems (?:from|with) taking|"
        r"cause (?:a |an )?(?:rash|headaches?|nausea|weight gain|hair loss|sleepiness|dizziness|"
        r"drowsiness|constipation|diarrhea|bleeding)"
    ),
    "diet": (r"diet(?:ary|s)?|foods?|eat(?:ing)?|nutrition\w*|drink(?:ing)?|meals?"),
    "indication": (
        r"prescribed|prescribe|(?:what|whats)(?: \w+){0,6} (?:used|taken|good|given) for|"
        r"what (?:is|are)(?: \w+){1,6} for$|whats(?: \w+){1,6} for$|put (?:me|him|her|us) on|"
        r"(?:is|are)(?: \w+){1,4} used (?:for|to)|who should (?:get|take|use)|"
        r"indicat(?:ed|ions?)|reason(?:s)? for taking|uses|"
        r"why (?:do|would|should|am|is|are|was|did)(?: \w+){1,4} (?:take|taking|taken|given|"
        r"give|put|use|used)|"
        r"what (?:does|do|will|would)(?: \w+){1,5} (?:treat|cure|help with|fix)|"
        r"what (?:conditions?|diseases?|illness(?:es)?|problems?)(?: \w+){1,6} (?:for|treat\w*|"
        r"help\w*)|"
        r"treats|meant for|purpose|supposed to (?:treat|help)|reason i take|good for$|"
        r"need(?: \w+){1,4} for$"
    ),
    "dose": (
        r"take(?: \w+){1,4} with(?: or without)? (?:food|meals?|water|milk)|"
        r"dos(?:e|es|age|ages|ing)|"
        r"how (?:much|many|often)(?: \w+){0,4} (?:take|taken|use|give|given|used)|"
        r"how (?:should|do|does|must|can|is|are|to)(?: \w+){0,4} (?:take|taken|use|used|taking|"
        r"applied|apply|inject\w*|given|administer\w*)|"
        r"directions|right way to take|correct way to|usage|instructions|when should i take|"
        r"when(?: \w+){0,6} (?:take|use|taken)|best time|time of day|empty stomach|at night|"
        r"(?:once|twice|times) (?:a|per) day|"
        r"how long (?:should|do|can|must) (?:i|you|we) (?:take|use|be on|stay)|crush|"
        r"with or without|stop taking|start taking|take it"
    ),
    "precautions": (
        r"precautions?|warnings?|safety|safe(?:ly)?|cautions?|dangerous to take|"
        r"before (?:taking|using|i take|i use|you take|starting|i start)|be careful|"
        r"careful with|watch out|"
        r"while (?:i am |im |you are )?(?:pregnant|breast ?feeding|nursing|driving)|"
        r"pregnan\w*|breast ?feed\w*|nursing|driv(?:e|ing)|need to know|"
        r"tell (?:my|the|your) (?:doctor|pharmacist)|(?:ok|okay|alright|all right) (?:to|for)|"
        r"worry about"
    ),
    "action": (
        r"how (?:does|do|will|would)(?: \w+){1,5} works?|mechanism(?: of action)?|"
        r"what does(?: \w+){1,4} do(?: to| in| for)?|way it works|supposed to do|"
        r"inside (?:me|my|the|your)|"
        r"how (?:does|do|will|would)(?: \w+){1,6} (?:help|act|works?|do)|"
        r"do to (?:me|my|the|your)|what does it do|in my body"
    ),
    "effectiveness": (
        r"effective\w*|how well|does(?: \w+){1,4} (?:really |actually )?(?:work|help)|"
        r"efficacy|evidence|proven"
    ),
    "vaccination": (r"vaccinat\w*|get the vaccine|immuniz\w*"),
    "genetic changes": (
        r"genetic (?:changes?|mutations?|causes?|cause|basis|variants?|variations?|defects?|"
        r"abnormalit\w*)|"
        r"genes?|mutat\w*|chromosom\w*|dna|genetic (?:changes?|reasons?|factors?)|"
        r"dna changes?|genome"
    ),
    "inheritance": (
        r"inherit\w*|heredit\w*|run(?:s|ning)? in (?:the |my |our |a )?famil\w*|"
        r"(?:pass(?:ed|es)?|passing)(?: \w+){0,8} (?:on to|on|down to|down|to) (?:my|our|your|"
        r"the|their|next|a) (?:\w+ )?(?:children|kids?|child|baby|babies|sons?|daughters?|"
        r"generations?)|"
        r"genetic(?:ally)? (?:transmi\w*|inherit\w*)|(?:is|are)(?: \w+){1,9} genetic(?! \w)|"
        r"in(?: my| the| our)? (?:genes|family|blood)|familial|dominant or recessive|"
        r"(?:my|our) (?:children|kids|child|baby|son|daughter)(?: \w+){0,3} (?:get|have|"
        r"inherit)(?: it)?|"
        r"from (?:my |the |your )?parents|pass(?:ed|es)?(?: \w+){0,3} (?:down|on|along)|"
        r"pass it|born with|"
        r"from (?:mom|dad|my (?:mother|father|mom|dad|mum|parents?)|(?:a|one|both|"
        r"either) parents?)|"
        r"(?:mom|mother|mum) or (?:dad|father)|family history|skips? (?:a )?generations?|"
        r"carriers?|relatives|siblings|"
        r"(?:odds|chances?|likely)(?: \w+){0,3} my (?:\w+ )?(?:son|daughter|child|children|"
        r"kids?|baby)|"
        r"(?:son|daughter|child|children|kids?|baby) (?:\w+ )?(?:inherits?|get it|gets|have it|"
        r"be born)"
    ),
    "research": (
        r"research\w*|clinical trials?|stud(?:y|ies)|latest|"
        r"new (?:treatments?|findings?|developments?)|scientists?|"
        r"being (?:done|studied|developed)|trials?|discover\w*|experimental|breakthroughs?|"
        r"advances?|volunteer|new (?:drugs?|discover\w*|things|science)|progress in|"
        r"future treatments?"
    ),
    "frequency": (
        r"how (?:common|rare|many (?:people|persons|patients|men|women|children|babies|cases|"
        r"americans|folks|individuals)|often (?:does|do|is|are)|frequent|widespread|likely|"
        r"prevalent|unusual)|"
        r"prevalen\w*|inciden\w*|frequen\w*|common is|rare is|number of people|statistics?|"
        r"what percent\w*|how much of the population|(?:is|are)(?: \w+){1,5} (?:common|rare)|"
        r"(?:a lot|lots|most) of people|many (?:people|americans)|cases|"
        r"(?:each|every|per) year|out of (?:every )?\d+|how often|rare|common(?:ly)?|unusual|"
        r"how many"
    ),
    "susceptibility": (
        r"(?:who|whos)(?: \w+){0,3} (?:gets?|at risk|risk|likely|affected|develops?|prone|"
        r"catch\w*)|"
        r"at risk|risk factors?|risk for|risk of getting|chances? of getting|more likely to|"
        r"likely to (?:get|develop|have)|prone to|susceptib\w*|vulnerable|"
        r"increases?(?: \w+){0,3} (?:risk|chances?)|raises?(?: \w+){0,3} (?:risk|chances?)|"
        r"(?:am|is|are) (?:i|my \w+|we) (?:likely|at)|kinds? of people|which people|"
        r"(?:kind|type|sort)s? of (?:people|person|patients)|most (?:likely|often) to|"
        r"most likely|higher (?:risk|chance)|(?:odds|danger) of getting|ethnic\w*|what age|"
        r"age group|prone|"
        r"can (?:men|women|children|kids|babies|anyone|teens?|adults|only \w+|young people|"
        r"old people) (?:get|have|develop|catch)|"
        r"more (?:often|common) in|affects? (?:men|women|children|more)|"
        r"who (?:usually|mostly|normally|typically)|who does it affect"
    ),
    "stages": (r"stag(?:e|es|ed|ing)|phases?|how far|grades?|spread"),
    "complications": (
        r"complicat\w*|problems? (?:can|could|may|does|do|come|from)|lead(?:s)? to|"
        r"what (?:can|could|may|might|else)(?: \w+){0,2} go wrong|consequences|"
        r"long ?term (?:effects?|problems?|damage)|other problems|aftermath|"
        r"(?:if|left|goes) (?:\w+ ){0,3}untreated|"
        r"(?:not|never|isnt|dont|dont get|without) (?:treat(?:ed|ment)?|taken care)|"
        r"what happens if|damag\w*|go wrong|turn into|become (?:cancer|serious)|dangers?|"
        r"linked to|associated with|in the long run|worst|"
        r"(?:can|could|does|do|will|may|might)(?: \w+){1,8} (?:cause|lead to|affect|damage|harm|"
        r"hurt)|"
        r"other (?:health )?(?:problems|issues|conditions)|secondary"
    ),
    "prevention": (
        r"prevent\w*|"
        r"so (?:that )?(?:i|we|you|they) (?:dont|do not|wont|never) (?:get|catch|have|develop)|"
        r"avoid(?:ed|ing)? (?:getting|it|having)?|protect\w*|"
        r"(?:lower|reduce|decrease|cut)(?: \w+){0,3} (?:risk|chances?|odds)|"
        r"keep (?:from|away|my\w* from)(?: getting| having)?|"
        r"stop (?:myself |me )?from (?:getting|having)|ward off|stay away|not (?:get|catch)|"
        r"ways? to stop(?: \w+)? getting|before it starts|"
        r"(?:lowers?|reduces?|lessens?|cuts?)(?: \w+){0,3} (?:chances?|odds|risk)|"
        r"keep(?: \w+){0,3} from|stop(?: \w+){1,6} (?:from|before)|less likely|avoid\w*|"
        r"immune|never get|safe from|guard against"
    ),
    "tests": (
        r"diagnos\w*|tests?|tested|testing|exams?|examin\w*|screen(?:ing|ed|s)?|"
        r"(?:check(?:ed|s)?) for|scans?|detect\w*|find out if|confirm\w*|"
        r"how (?:do|does|can|will|would) (?:doctors?|they|you|the doctor|physicians?|a doctor|"
        r"one) (?:know|tell|find|check)|"
        r"blood work|biops\w*|x ?rays?|mri|ultrasound"
    ),
    "support": (
        r"support(?: groups?)?|organi[sz]ations?|groups?|foundations?|communit\w*|"
        r"where (?:can|do)(?: \w+){1,3} (?:get|find) (?:help|support)|charit\w*|"
        r"others? (?:with|who)|meet other|resources?|help line|hotline"
    ),
    "when to call": (
        r"(?:when|should i|do i need)(?: \w+){0,4} (?:call|see|contact|go to|visit|"
        r"tell)(?: \w+){0,2} (?:doctor|physician|provider|professional|hospital|er|specialist|"
        r"gp|nurse)s?|"
        r"when to (?:call|contact|see|worry|get help|seek)(?: \w+){0,4}|medical help"
    ),
    "living with": (
        r"liv(?:e|ing) with|cop(?:e|ing) with|daily life|day to day|manag(?:e|ing)|"
        r"take care of myself"
    ),
    "outlook": (
        r"outlook|prognos\w*|life expectanc\w*|surviv\w*|"
        r"how long (?:can|do|does|will|would|could|did)(?: \w+){0,8} (?:live|last|go away|have)|"
        r"long term|recover\w*|"
        r"(?:is|are)(?: \w+){1,5} (?:fatal|deadly|terminal|curable|serious|life threatening)|"
        r"(?:die|death|dying)(?: from| of)?|fatal\w*|"
        r"what (?:to|can i|should i|can we|do i|can someone)(?: \w+){0,2} expect|"
        r"expect(?:ed)?|future|get better|go away|"
        r"chances? of (?:recover\w*|surviv\w*|living|getting better)|mortality|"
        r"will (?:i|he|she|they|my \w+)(?: ever)? (?:be ok|be okay|get well|get better|live)|"
        r"how (?:serious|bad|severe|dangerous|deadly|long)|"
        r"(?:get|gets|getting|become|becomes) (?:any |ever )?(?:worse|better|bigger)|"
        r"worsen\w*|progress\w*|over time|kills?|killed|life ?span|normal life|permanent|"
        r"forever|lasts?|lasting|temporary|come back|comes back|relapse|recur\w*|"
        r"(?:go|goes|went) away|outgrow|grow out of|curable|chances|odds|serious|deadly|"
        r"terminal|my future|down the road"
    ),
    "symptoms": (
        r"symptoms?|signs?|feels? like|looks? like|"
        r"how (?:do|can|could|would|will) (?:i|you|we|someone|a person|people|one) (?:know|tell|"
        r"find out)(?: if| whether| that)?|"
        r"warning signs?|notice|features|characteri[sz]\w*|manifest\w*|"
        r"what (?:does|do|will|would|happens)(?: \w+){0,5} (?:feel|look|experience)|"
        r"what happens (?:to|when|in)(?: people| someone| a person| you| your body)?|"
        r"how (?:does|do|will)(?: \w+){1,6} affect|effects of|present(?:s|ation|ing)?|clues|"
        r"tip(?:s|ped)? (?:me|you|us) off|watch (?:out )?for|look (?:out )?for|"
        r"shows? (?:itself|up)|hurts?|painful|"
        r"(?:will|do|does|would|might|can) (?:i|he|she|you|they|it|my \w+) feel|"
        r"start(?:s)? out|first (?:notice|sign)|(?:know|tell) (?:if|whether)|recogni[sz]e|"
        r"spot|(?:do|could|might|can) i have|think i have|may have|indicators?|telltale"
    ),
    "considerations": (
        r"consider\w*|keep in mind|be aware of|should i know about|remember|what to do for|"
        r"tips|important to know|anything (?:else|special)|points to"
    ),
    "treatment": (
        r"treat\w*|cur(?:e|es|ed|able|ing)|therap\w*|remed(?:y|ies)|get rid of|"
        r"manag(?:e|ed|ement|ing)|heal(?:s|ed|ing)?|fix(?:ed|ing)?|relie(?:f|ve\w*)|"
        r"what (?:helps?|can help|to take)|done (?:about|for)|options|handle|"
        r"deal(?:ing)? with|ease|soothe|stop (?:it|the|my)|good for|"
        r"make it (?:better|go away|stop)|help with|fight|take for|give for|used to treat|"
        r"do about|home remed\w*|natural remed\w*|get over|control(?:led|ling)?|go about|"
        r"best way to|injections?|antibiotics?|"
        r"need (?:surgery|an operation|medicine|treatment)|work on|alleviate|"
        r"reduce the (?:pain|swelling)|calm|what works|without (?:surgery|drugs|medicine)|"
        r"doctors? (?:do|give|prescribe|recommend)"
    ),
    "causes": (
        r"caus\w*|"
        r"why (?:do|does|did|would|am|is|are|have)(?: \w+){1,4} (?:get|gets|have|has|develop|"
        r"happen|occur|got|getting|come)|"
        r"(?:where|how)(?: \w+){1,8} come from|bring(?:s)?(?: \w+)? on|trigger\w*|reasons?|"
        r"(?:how|where) (?:do|does|did|can|could|would) (?:you|people|someone|i|one|we|a person|"
        r"he|she|they|it|my \w+) (?:get|catch|develop|contract|happen|occur|end up)|"
        r"responsible for|leads? to(?! \w+ problems)|what makes|origins?|due to|gives? you|"
        r"contagious|infect\w*|behind|"
        r"(?:how|why) (?:does|did|do|would|can|is|has)(?: \w+){1,8} (?:start|begin|happen|"
        r"come about|develop|form|occur|end up|spread|transmitted|acquired|arise|appear|"
        r"show up)(?: with)?|"
        r"to blame|root of|come about|source of|results? (?:of|from)|happen to me|why me|"
        r"brings? (?:it )?on|end up with|stem from|explain why"
    ),
    "help": (
        r"medicines?|medications?|drugs|pills?|meds|surger\w*|operations?|"
        r"what (?:to do|can (?:i|you|we|be) (?:do|done|take|use)|should (?:i|we) do|do i do|now)"
    ),
    "information": (
        r"what (?:is|are|was)|whats|what (?:does|do)(?: \w+){1,6} (?:mean|stand for)|defin\w*|"
        r"meaning of|describe|overview|information|info|background|facts|about|general|"
        r"basics?|kind of (?:medicine|drug|disease|illness|problem|condition)|type of|idea|"
        r"mean(?:s|ing)?|is it|know about"
    ),
}
